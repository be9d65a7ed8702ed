using Sluice.Api.Auth;
using Xunit;

namespace Sluice.Api.Tests.Auth;

public sealed class TokenFileTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("sluice-test-").FullName;

    private string Folder => Path.Combine(_parent, "data");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void ATokenIsMadeOnce_ForItsOwnerOnly()
    {
        var made = TokenFile.ReadOrMake(Folder, "operator-token");

        Assert.Equal(made, TokenFile.ReadOrMake(Folder, "operator-token"));
        Assert.NotEqual(made, TokenFile.ReadOrMake(Folder, "gateway-token"));
        Assert.True(made.Length >= 43, "fewer than 256 bits");
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(Folder, "operator-token")));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public void NodesThatStartAtOnce_AgreeOnOneToken()
    {
        var tokens = new string[16];

        Parallel.For(0, tokens.Length, i => tokens[i] = TokenFile.ReadOrMake(Folder, "operator-token"));

        Assert.Single(tokens.Distinct());
        Assert.Single(Directory.GetFiles(Folder));
    }

    [Fact]
    public void AnEmptyFile_IsNoToken()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "operator-token"), "\n");

        Assert.Throws<IOException>(() => TokenFile.ReadOrMake(Folder, "operator-token"));
    }
}
