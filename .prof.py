import cProfile,pstats,sys
from bench.generated.systems import *
from servanda.wayout.ways import Search, find
import highspy
s=system(SHAPES[sys.argv[1]](int(sys.argv[2]),5),SEED)
p=cProfile.Profile(); p.enable(); r=find(s,1); p.disable()
pstats.Stats(p).sort_stats('tottime').print_stats(14)
