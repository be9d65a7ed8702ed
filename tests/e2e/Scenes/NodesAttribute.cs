using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Sluice.EndToEnd.Scenes;

/// <summary>Runs a theory on a cluster with a number of nodes.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class NodesAttribute(int count) : DataAttribute
{
    /// <summary>
    /// Whether only <c>./test soak</c> runs it: it takes long, or another number of nodes shows most of it.
    /// </summary>
    public bool Soak { get; set; }

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var row = new TheoryDataRow<int>(count);
        return new([Soak ? row.WithTrait("run", "soak") : row]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
