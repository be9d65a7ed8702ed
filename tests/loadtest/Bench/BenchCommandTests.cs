using Sluice.Bench;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench;

public sealed class BenchCommandTests
{
    private static readonly string ThisProgram = typeof(BenchCommandTests).Assembly.Location;

    [Theory]
    [InlineData("")]
    [InlineData("all")]
    [InlineData("core")]
    [InlineData("http --seconds 4 --rounds 3 --connections 64")]
    [InlineData("cluster --seconds 5 --rounds 3 --connections 96 --out page.md")]
    [InlineData("http --against PROGRAM")]
    public void Documented_CommandLines_AreUnderstood(string line) => Assert.Empty(ErrorsOf(line));

    [Theory]
    [InlineData("telegraph")]
    [InlineData("http --rounds many")]
    [InlineData("http --against nonexistent.dll")]
    public void Nonsense_IsRefusedBeforeAnythingIsStarted(string line) => Assert.NotEmpty(ErrorsOf(line));

    private static IEnumerable<string> ErrorsOf(string line) =>
        BenchCommand.Create()
            .Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word == "PROGRAM" ? ThisProgram : word).ToArray())
            .Errors.Select(error => error.Message);
}
