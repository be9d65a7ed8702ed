using Xunit;

namespace Sluice.Deploy.Tests.Architecture;

/// <summary>Reports everything that a rule found: a truncated list helps no one.</summary>
internal static class Findings
{
    public static void AreNone(IEnumerable<string> findings)
    {
        var all = findings.ToArray();
        if (all.Length > 0)
            Assert.Fail(string.Join(Environment.NewLine, all.Prepend($"{all.Length} found:")));
    }
}
