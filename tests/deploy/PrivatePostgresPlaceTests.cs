using System.Diagnostics;
using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary>Where files and sockets are placed, and what others may have left there.</summary>
public sealed class PrivatePostgresPlaceTests
{
    [Fact]
    public async Task AProcessIdThatBelongsToSomebodyElseNow_DoesNotPreventAStart()
    {
        await using var sandbox = Sandbox.Create();
        var connection = (await sandbox.PostgresAsync("start")).Succeeded();
        var processId = Path.Combine(sandbox.ClusterFolder(), "postmaster.pid");
        var left = await File.ReadAllLinesAsync(processId, TestContext.Current.CancellationToken);
        (await sandbox.PostgresAsync("stop")).Succeeded();

        // A living process of the server's own account: PostgreSQL alone would refuse to start beside it.
        var stranger = LaunchAsServerAccount(sandbox, "sleep", "600");
        left[0] = $"{stranger.Id}";
        await File.WriteAllLinesAsync(processId, left, TestContext.Current.CancellationToken);
        var again = await sandbox.PostgresAsync("start");
        stranger.Kill();

        Assert.Equal(connection, again.Succeeded());
        Assert.Equal("1", await Sandbox.QueryAsync(connection, "select 1"));
    }

    [Fact]
    public async Task ASocketSweptFromTmp_IsMadeAgain()
    {
        await using var sandbox = Sandbox.Create();
        var connection = (await sandbox.PostgresAsync("start")).Succeeded();
        Directory.Delete(Sandbox.SocketFolderOf(connection), recursive: true);

        var again = (await sandbox.PostgresAsync("start")).Succeeded();

        Assert.Equal("1", await Sandbox.QueryAsync(again, "select 1"));
    }

    [Fact]
    public async Task ASocketFolderOpenToOthers_IsRefused()
    {
        await using var sandbox = Sandbox.Create();
        var folder = Sandbox.SocketFolderOf((await sandbox.PostgresAsync("start")).Succeeded());
        (await sandbox.PostgresAsync("stop")).Succeeded();

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);
        var refusal = (await sandbox.PostgresAsync("start")).Refused();
        Directory.Delete(folder);

        Assert.Contains($"{folder} is not a private folder", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASocketFolderThatIsALink_IsRefused()
    {
        await using var sandbox = Sandbox.Create();
        var folder = Sandbox.SocketFolderOf((await sandbox.PostgresAsync("start")).Succeeded());
        (await sandbox.PostgresAsync("stop")).Succeeded();

        Directory.CreateSymbolicLink(folder, sandbox.ClusterFolder());
        var refusal = (await sandbox.PostgresAsync("start")).Refused();
        File.Delete(folder);

        Assert.Contains($"{folder} is not a private folder", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALongPathWithSpacesAndQuotes_IsNoObstacle()
    {
        var folder = string.Join('/', Enumerable.Repeat("a long 'path' with \"quotes\" and $signs", 6));
        await using var sandbox = Sandbox.Create(folder);

        var connection = (await sandbox.PostgresAsync("start")).Succeeded();

        Assert.Equal("1", await Sandbox.QueryAsync(connection, "select 1"));
    }

    private static Process LaunchAsServerAccount(Sandbox sandbox, string program, string argument) =>
        Environment.IsPrivilegedProcess
            ? sandbox.Launch("setpriv", [], "--reuid=postgres", "--regid=postgres", "--init-groups", program, argument)
            : sandbox.Launch(program, [], argument);
}
