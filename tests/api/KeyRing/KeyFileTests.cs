using System.Security.Cryptography;
using Sluice.Api.KeyRing;
using Sluice.Api.Settings;
using Xunit;

namespace Sluice.Api.Tests.KeyRing;

public sealed class KeyFileTests : IDisposable
{
    private const string One = "0000000000000000000000000000000000000000000000000000000000000001";
    private const string Two = "00000000000000000000000000000000000000000000000000000000000000fF";

    private readonly SluiceOptions _options =
        new() { Data = Directory.CreateTempSubdirectory("sluice-test-").FullName };

    public void Dispose() => Directory.Delete(_options.Data, recursive: true);

    [Fact]
    public void TheFirstKeyEncrypts_AndAllDecrypt()
    {
        var one = Read(One);
        var both = Read($"# new\n\n{Two}\r\n  {One}\n");

        Assert.Equal(one.First.Id, both.Find(one.First.Id)?.Id);
        Assert.NotEqual(one.First.Id, both.First.Id);
        Assert.Null(one.Find(both.First.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# none\n")]
    [InlineData(One + "0")]
    [InlineData(One + "\nsecretsecret")]
    [InlineData("g00000000000000000000000000000000000000000000000000000000000000001")]
    public void AFileThatIsNone_IsRefused_WithoutRepeatingIt(string text)
    {
        var refusal = Assert.Throws<KeyFileException>(() => Read(text));

        Assert.StartsWith("SLUICE_KEY_FILE ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secretsecret", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(One, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsMade_IsItsOwnersAlone_AndReadTheSameAgain()
    {
        var made = KeyFile.Make(_options);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_options.KeyFilePath));
        Assert.Equal(made.First.Id, KeyFile.Read(_options).First.Id);
        Assert.Throws<KeyFileException>(() => KeyFile.Make(_options));
        Assert.Equal(made.First.Id, KeyFile.Read(_options).First.Id);
    }

    [Fact]
    public void ATextThatWasChanged_OrIsAnotherKeys_IsNotDecrypted()
    {
        var key = new EncryptionKey(RandomNumberGenerator.GetBytes(EncryptionKey.LengthBytes));
        byte[] text = [1, 2, 3];
        var encrypted = key.Encrypt(text);

        Assert.Equal(text, key.Decrypt(encrypted));
        Assert.NotEqual(encrypted, key.Encrypt(text));
        for (var i = 0; i < encrypted.Length; i++)
        {
            var changed = encrypted.ToArray();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => key.Decrypt(changed));
        }

        Assert.ThrowsAny<CryptographicException>(() => key.Decrypt(encrypted.AsSpan(..20)));
        var other = new EncryptionKey(RandomNumberGenerator.GetBytes(EncryptionKey.LengthBytes));
        Assert.ThrowsAny<CryptographicException>(() => other.Decrypt(encrypted));
    }

    private KeyFile Read(string text)
    {
        File.WriteAllText(_options.KeyFilePath, text);
        return KeyFile.Read(_options);
    }
}
