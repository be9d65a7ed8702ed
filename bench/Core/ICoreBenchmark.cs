namespace Sluice.Bench.Core;

/// <summary>One operation of the core, measured on one thread without HTTP or disk.</summary>
internal interface ICoreBenchmark
{
    /// <summary>The name in the table.</summary>
    string Name { get; }

    /// <summary>Runs the operation a number of times; its inputs are created in the constructor.</summary>
    /// <returns>A value that depends on every run, so that none can be optimised away.</returns>
    long Run(int operations);
}
