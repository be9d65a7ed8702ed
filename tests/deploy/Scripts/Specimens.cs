using System.Diagnostics;
using Xunit;

namespace Sluice.Deploy.Tests.Scripts;

/// <summary>Tests that end in every way a test can. They are explicit: only tests of <c>./test</c> run them.</summary>
public sealed class Specimens
{
    /// <summary>A file in the folder of the run: the id of a process that <see cref="Hangs"/> has started.</summary>
    public const string StartedFile = "started-by-the-one-that-hangs";

    public const int RowCount = 100;

    private const string TenWords = "a name that is longer than names of tests should be, ";
    private const string FortyWords = TenWords + TenWords + TenWords + TenWords;
    private const string LongName = FortyWords + FortyWords + FortyWords + FortyWords;

    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(50);

    private static string StartedPath =>
        Path.Combine(Environment.GetEnvironmentVariable("SLUICE_DATA")!, StartedFile);

    [Fact(Explicit = true)]
    public void Passes() => Assert.True(File.Exists(typeof(Specimens).Assembly.Location));

    [Fact(Explicit = true)]
    public void Fails() => Assert.Fail("expected \"one\" of D:\\new,\nfound ‘none’ [\"a\",\"b\"]");

    [Fact(Explicit = true)]
    public void IsSkipped() => Assert.Skip("only on a \"Tuesday\"");

    [Fact(Explicit = true)]
    [Trait("run", "soak")]
    public void IsLong() => Passes();

    [Theory(Explicit = true)]
    [InlineData("a \"b\" \\ ü")]
    public void PrintsSomething(string text) => Console.Write(text);

    /// <summary>Tests whose names make a list that is larger than what a pipe holds (64 KiB).</summary>
    [Theory(Explicit = true, DisplayName = LongName)]
    [MemberData(nameof(Rows))]
    public void HasALongName(int row) => Assert.InRange(row, 1, RowCount);

    public static TheoryData<int> Rows() => new(Enumerable.Range(1, RowCount));

    /// <summary>Waits for ever, and so does a process that it has started in a session of its own.</summary>
    [Fact(Explicit = true)]
    public async Task Hangs()
    {
        using var started = Process.Start("setsid", ["sleep", "infinity"]);
        var written = $"{StartedPath}-{started.Id}";
        await File.WriteAllTextAsync(written, $"{started.Id}");
        File.Move(written, StartedPath, overwrite: true);
        await started.WaitForExitAsync();
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>Takes longer than the limit that ended <see cref="Hangs"/>, and says that it may.</summary>
    [Fact(Explicit = true, Timeout = 3_600_000)]
    public async Task OutlivesTheOneThatHangs()
    {
        var cancellation = TestContext.Current.CancellationToken;
        while (!File.Exists(StartedPath))
            await Task.Delay(LooksEvery, cancellation);
        var id = await File.ReadAllTextAsync(StartedPath, cancellation);
        while (TestRun.IsAlive(id))
            await Task.Delay(LooksEvery, cancellation);
    }

    /// <summary>Dies once its start is in the output: one that died unseen could not be named.</summary>
    [Fact(Explicit = true)]
    public async Task Dies()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var output = $"{Environment.GetEnvironmentVariable("SLUICE_TEST_OF")}.out";
        const string start = "\"test-starting\"";
        while (!(await File.ReadAllTextAsync(output, cancellation)).Contains(start, StringComparison.Ordinal))
            await Task.Delay(LooksEvery, cancellation);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
