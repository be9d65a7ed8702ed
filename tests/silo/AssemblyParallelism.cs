using Xunit.Sdk;
using Xunit.v3;

// Each test is three processes and a database server: two at once would test the patience of the machine.
[assembly: Parallelization(Mode = ParallelMode.None)]
