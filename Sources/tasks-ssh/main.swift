import Glibc
import TasksSSH

exit(Client.main())
