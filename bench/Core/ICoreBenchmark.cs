namespace Sluice.Bench.Core;

/// <summary>One operation of the core, measured on one thread without HTTP or disk.</summary>
internal interface ICoreBenchmark
{
    /// <summary>As the table shows it.</summary>
    string Name { get; }

    /// <summary>Runs the operation a number of times; whatever it needs is made in the constructor.</summary>
    /// <returns>Something that depends on every run, so that none can be optimised away.</returns>
    long Run(int operations);
}
