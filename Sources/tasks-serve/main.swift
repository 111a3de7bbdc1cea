import Glibc
import TasksServer

exit(ServeProgram.main())
