import TasksServer

tasksServe()
