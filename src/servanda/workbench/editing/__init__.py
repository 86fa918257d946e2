"""Writing a case: its files opened and saved, drafts judged before they are, acts added; nobody's change is lost.

The only part of the workbench that writes. Nothing outside the case folder is read or written here.
"""
