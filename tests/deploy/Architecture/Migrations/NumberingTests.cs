using System.Globalization;
using Xunit;

namespace Sluice.Deploy.Tests.Architecture.Migrations;

public sealed class NumberingTests
{
    [Fact]
    public void Migrations_AreNumberedFromOneWithoutGaps()
    {
        var numbers = Repository.Files
            .Where(f => f.StartsWith("storage/Migrations/", StringComparison.Ordinal)
                && f.EndsWith(".sql", StringComparison.Ordinal))
            .Select(f => int.Parse(Path.GetFileName(f)[..4], NumberStyles.None, CultureInfo.InvariantCulture))
            .ToArray();

        Assert.NotEmpty(numbers);
        Assert.Equal(Enumerable.Range(1, numbers.Length), numbers.Order());
    }

    [Fact]
    public void SqlLiesInMigrationsOnly_OrWithTheCodeThatRunsIt() => Assert.All(
        Repository.Files.Where(f => f.EndsWith(".sql", StringComparison.Ordinal)),
        f => Assert.StartsWith("storage/Migrations/", f, StringComparison.Ordinal));
}
