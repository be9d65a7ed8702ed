using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary><c>./run rotate-key</c>.</summary>
public sealed class RotateKeyTests
{
    [Fact]
    public async Task ANewKey_ComesBeforeThoseInUse_InAFileForItsOwnerAlone()
    {
        await using var sandbox = Sandbox.Create();
        var file = Path.Combine(Directory.CreateDirectory(sandbox.Data).FullName, "encryption-key");
        var old = new string('0', 64);
        await File.WriteAllTextAsync(file, $"{old}\n", TestContext.Current.CancellationToken);

        (await RotateAsync(sandbox)).Succeeded();
        (await RotateAsync(sandbox)).Succeeded();

        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(3, lines.Distinct().Count());
        Assert.Equal(old, lines[^1]);
        Assert.All(lines, static line => Assert.Matches("^[0-9a-f]{64}$", line));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(["encryption-key", "run.lock"], Directory.GetFiles(sandbox.Data).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task WithoutAKey_ThereIsNothingToReplace()
    {
        await using var sandbox = Sandbox.Create();

        Assert.Contains("there is no encryption key", (await RotateAsync(sandbox)).Refused(), StringComparison.Ordinal);
    }

    private static Task<ScriptResult> RotateAsync(Sandbox sandbox) =>
        sandbox.RunAsAccountAsync("bash", Repository.PathOf("run"), "rotate-key");
}
