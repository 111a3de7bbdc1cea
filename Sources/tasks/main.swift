import Glibc
import TasksCLI

exit(Program.main())
