import time,sys
from bench.generated.systems import *
from servanda.wayout.ways import Search, find
from servanda.wayout.sequence import Fixpoint
import highspy
for shape,f in SHAPES.items():
  for n in map(int,sys.argv[1:]):
    s=system(f(n,5),SEED)
    t=time.time(); Fixpoint(s); t1=time.time(); 
    end=time.time()+60
    r=find(s,1,left=lambda: end-time.time()); t2=time.time()
    print(shape,n,'seq %.3f'%(t1-t),'opt %.3f'%(t2-t1), [(w.price,len(w.concessions)) for w in r.ways], r.bound, r.proven,flush=True)
