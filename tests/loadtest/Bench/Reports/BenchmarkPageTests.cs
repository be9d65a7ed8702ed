using Sluice.Bench.Reports;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Reports;

public sealed class BenchmarkPageTests
{
    private const string Page = "top\n<!-- bench:http:begin -->\nold\n<!-- bench:http:end -->\nmiddle\n"
        + "<!-- bench:core:begin -->\nold\n<!-- bench:core:end -->\n";

    [Fact]
    public void Run_ReplacesItsOwnPartOnly_AndTheSameRunAgainChangesNothing()
    {
        var once = BenchmarkPage.Replace(Page, "http", "new\n\n");

        Assert.Equal(
            "top\n<!-- bench:http:begin -->\nnew\n<!-- bench:http:end -->\nmiddle\n"
            + "<!-- bench:core:begin -->\nold\n<!-- bench:core:end -->\n",
            once);
        Assert.Equal(once, BenchmarkPage.Replace(once, "http", "new"));
    }

    [Fact]
    public async Task PageThatDoesNotExist_BeginsWithAPlaceForEverySection()
    {
        var page = await BenchmarkPage.ReadAsync("/nonexistent/page.md", TestContext.Current.CancellationToken);

        foreach (var section in new[] { "core", "http", "cluster" })
            Assert.Contains($":{section}:begin -->\nfigures\n<!--", BenchmarkPage.Replace(page, section, "figures"),
                StringComparison.Ordinal);
    }

    [Fact]
    public void PageWithoutMarkers_IsNotOverwritten() =>
        Assert.Throws<InvalidDataException>(() => BenchmarkPage.Replace("by hand", "http", "new"));
}
