using Sluice.Bench.Contenders;
using Sluice.LoadTest.Events;

namespace Sluice.Bench.Http;

/// <summary>One row of the comparison: a contender under one kind of load.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Contender">The server; rows may share one.</param>
/// <param name="Mode">Single requests or batches.</param>
/// <param name="Ack">When Sluice may answer; the peers have only one way.</param>
/// <param name="Connections">Connections of the load generator.</param>
/// <param name="Keys">Number of keys under load, from the first; null for all.</param>
internal sealed record HttpRow(
    string Name, IContender Contender, SendMode Mode, AckMode Ack, int Connections, int? Keys = null)
{
    /// <summary>The same load on another build of the contender, measured alongside it; null without one.</summary>
    public HttpRow? OtherBuild { get; private init; }

    /// <summary>Adds the same row for another build, if there is one.</summary>
    public HttpRow Beside(IContender? otherBuild) => otherBuild is null
        ? this
        : this with { OtherBuild = this with { Name = NameOfOtherBuild(Name), Contender = otherBuild } };

    private static string NameOfOtherBuild(string name)
    {
        var at = name.IndexOf(',', StringComparison.Ordinal);
        return at < 0 ? $"{name} (other build)" : $"{name[..at]} (other build){name[at..]}";
    }
}
