"""IAM, enforced for calls of role sessions (functions, tasks, state machines, …) and of AWS's services. All other calls
are those of the account's administrator, who may do everything.
"""
