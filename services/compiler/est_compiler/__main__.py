"""Run the compiler: `python -m est_compiler`."""

from est_chassis.run import run
from est_compiler.service import build
from est_compiler.settings import CompilerSettings

if __name__ == "__main__":
    run(build(CompilerSettings()))
