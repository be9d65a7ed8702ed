using System.Globalization;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Hammer;
using Sluice.LoadTest.Settings;
using Sluice.LoadTest.Tests.Contract;
using Xunit;

namespace Sluice.LoadTest.Tests.Hammer;

public sealed class JournalTests
{
    [Theory]
    [InlineData("Consume", null)]
    [InlineData("Batch", null)]
    [InlineData("Reserve", null)]
    [InlineData("Consume", 12_345L)]
    public async Task JournalOfAnHonestServer_Holds(string mode, long? limit)
    {
        await using var server = await ContractServer.StartAsync();
        await HammerAsync(server, Enum.Parse<SendMode>(mode), limit);

        var (code, text) = await VerifyAsync(server);

        Assert.True(code == ExitCode.Exact, text);
    }

    [Fact]
    public async Task AcknowledgedEventThatIsGone_Fails_UnlessAllowed()
    {
        await using var server = await ContractServer.StartAsync();
        await HammerAsync(server);

        // One event more than the server has ever seen, claimed to be acknowledged: this is what a lost event looks
        // like.
        var keyId = JournalReader.Read(server.PathOf("journal")).Lines[0].KeyId;
        File.AppendAllText(server.PathOf("journal"), $"hammer-test-1000\t200\t0\t{keyId}\t100\n");
        File.Copy(server.PathOf("journal"), server.PathOf("again"));

        var (code, text) = await VerifyAsync(server);
        Assert.Equal(ExitCode.Different, code);
        Assert.Contains("hammer-test-1000 was acknowledged, then lost", text, StringComparison.Ordinal);

        File.AppendAllText(server.PathOf("again"), $"hammer-test-1001\t200\t0\t{keyId}\t100\n");
        Assert.Equal(ExitCode.Exact, (await VerifyAsync(server, "again", lostAtMost: 1)).Code);
    }

    [Fact]
    public async Task EventThatIsBothRefusedAndCounted_Fails()
    {
        await using var server = await ContractServer.StartAsync(new ContractFaults { CountsWhatItRefuses = true });
        await HammerAsync(server, SendMode.Consume, limit: 12_345);

        var (code, text) = await VerifyAsync(server);

        Assert.Equal(ExitCode.Different, code);
        Assert.Contains("was refused and counted", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_IsNeverSharedByTwoRuns()
    {
        await using var server = await ContractServer.StartAsync();
        await HammerAsync(server);

        await Assert.ThrowsAsync<IOException>(() => HammerAsync(server));
    }

    [Fact]
    public async Task LineCutOffInTheMiddle_IsLeftOut()
    {
        await using var server = await ContractServer.StartAsync();
        await HammerAsync(server);
        var journal = server.PathOf("journal");
        var whole = JournalReader.Read(journal).Lines.Count;
        File.AppendAllText(journal, "hammer-test-9\t20");

        Assert.Equal(whole, JournalReader.Read(journal).Lines.Count);
    }

    [Fact]
    public async Task MalformedLine_IsNamed()
    {
        await using var server = await ContractServer.StartAsync();
        var path = server.PathOf("journal");
        File.WriteAllText(path, $"{Journal.Header}\tr\tConsume\tDurable\nr-1\t200\t0\tk1\t5\nr-2\t200\n");

        var wrong = Assert.Throws<FormatException>(() => JournalReader.Read(path));

        Assert.Contains("Line 3", wrong.Message, StringComparison.Ordinal);
    }

    private static Task HammerAsync(
        ContractServer server, SendMode mode = SendMode.Consume, long? limit = null) =>
        HammerRunTests.RunAsync(HammerRunTests.OptionsFor(server) with
        {
            Mode = mode,
            LimitTokens = limit,
            JournalPath = server.PathOf("journal"),
        });

    private static async Task<(int Code, string Text)> VerifyAsync(
        ContractServer server, string journal = "journal", long lostAtMost = 0)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var options = new VerifyOptions
        {
            Node = server.Node,
            JournalPath = server.PathOf(journal),
            KeysFile = server.PathOf("keys.json"),
            Connections = 4,
            LostAtMost = lostAtMost,
        };
        var run = new VerifyRun(options, output, new SilentDisplay(), TimeProvider.System);
        return (await run.ExecuteAsync(TestContext.Current.CancellationToken), output.ToString());
    }
}
