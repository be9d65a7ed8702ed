using Xunit;

namespace Sluice.Deploy.Tests.Architecture;

/// <summary>What a rule found, all of it: a list that breaks off helps nobody.</summary>
internal static class Findings
{
    public static void AreNone(IEnumerable<string> findings)
    {
        var all = findings.ToArray();
        if (all.Length > 0)
            Assert.Fail(string.Join(Environment.NewLine, all.Prepend($"{all.Length} found:")));
    }
}
