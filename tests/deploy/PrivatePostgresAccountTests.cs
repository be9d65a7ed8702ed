using Npgsql;
using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary>Who may do what: root, ordinary accounts, and the account of the server.</summary>
public sealed class PrivatePostgresAccountTests
{
    [Fact]
    public async Task Root_DoesNotBecomeTheDatabasesSuperuser()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "the server's own account is its superuser");
        await using var sandbox = Sandbox.Create();
        var connection = (await sandbox.PostgresAsync("start")).Succeeded();

        var asSuperuser = connection.Replace("Username=sluice_service", "Username=postgres", StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Sandbox.QueryAsync(asSuperuser, "select 1"));

        Assert.Equal(PostgresErrorCodes.InvalidAuthorizationSpecification, refusal.SqlState);
    }

    [Fact]
    public async Task AsRoot_TheServerRunsAsAnotherAccount_ThoughTheDataFolderIsClosedToIt()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        await using var sandbox = Sandbox.Create();
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(sandbox.Folder));

        (await sandbox.PostgresAsync("start")).Succeeded();

        var owner = await sandbox.RunAsAccountAsync(
            "stat", "-c", "%U %a", $"/proc/{sandbox.ServerId()}", sandbox.ClusterFolder());
        Assert.Equal("postgres 555\npostgres 700", owner.Succeeded());
    }

    [Fact]
    public async Task AsRoot_ALostDatabase_IsAnError_NotAnEmptyNewOne()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root's files lie outside the data folder");
        await using var sandbox = Sandbox.Create();
        (await sandbox.PostgresAsync("start")).Succeeded();
        (await sandbox.PostgresAsync("stop")).Succeeded();
        Directory.Delete(Path.GetDirectoryName(sandbox.ClusterFolder())!, recursive: true);

        var refusal = (await sandbox.PostgresAsync("start")).Refused();

        Assert.Contains("which is gone", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsRoot_ANewDataFolderInThePlaceOfAMovedOne_BeginsEmpty()
    {
        await using var sandbox = Sandbox.Create();
        (await sandbox.PostgresAsync("start")).Succeeded();
        await Sandbox.QueryAsync(sandbox.OwnerConnection(), "create table old as select 1");
        (await sandbox.PostgresAsync("stop")).Succeeded();
        await using var moved = Sandbox.Create();
        Directory.Move(sandbox.Data, moved.Data);

        var connection = (await sandbox.PostgresAsync("start")).Succeeded();
        var movedConnection = (await moved.PostgresAsync("start")).Succeeded();

        Assert.Equal("False", await Sandbox.QueryAsync(connection, "select to_regclass('old') is not null"));
        Assert.Equal("True", await Sandbox.QueryAsync(movedConnection, "select to_regclass('old') is not null"));
    }

    [Fact]
    public async Task AnOrdinaryAccount_KeepsEverythingInItsDataFolder()
    {
        await using var sandbox = await Sandbox.CreateForOrdinaryAccountAsync();

        var connection = (await sandbox.PostgresAsync("start")).Succeeded();

        Assert.True(File.Exists(Path.Combine(sandbox.Data, "postgres", "cluster", "PG_VERSION")));
        var asItself = await sandbox.RunAsAccountAsync(
            "psql", "-h", Sandbox.SocketFolderOf(connection), "-U", "sluice_service", "-d", "sluice",
            "-Atc", "select current_user");
        Assert.Equal("sluice_service", asItself.Succeeded());
    }

    [Fact]
    public async Task RootOnAnOrdinaryAccountsData_ServesItsDatabase_AsThatAccount()
    {
        await using var sandbox = await Sandbox.CreateForOrdinaryAccountAsync();
        (await sandbox.PostgresAsync("start")).Succeeded();
        (await sandbox.PostgresAsync("stop")).Succeeded();

        var connection = (await sandbox.PostgresAsRootAsync("start")).Succeeded();

        Assert.Equal("1", await Sandbox.QueryAsync(connection, "select 1"));
        Assert.True(File.Exists(Path.Combine(sandbox.Data, "postgres", "cluster", "postmaster.pid")));
    }
}
