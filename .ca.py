import sys,time
sys.path.insert(0,'tests'); sys.path.insert(0,'.')
from bench.generated.systems import *
from answer_sets import optimum
for shape,f in SHAPES.items():
  for n in map(int,sys.argv[1:]):
    s=system(f(n,5),SEED); t=time.time(); o=optimum(s); print(shape,n,'clingo',o,round(time.time()-t,3),flush=True)
