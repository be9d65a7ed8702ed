using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sluice.Api.Auth;
using Sluice.Api.KeyRing;
using Sluice.Api.Settings;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.KeyRing;

/// <summary>The ring in the database, and the file outside of it, at the start of a node.</summary>
public sealed class KeyRingStartTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly byte[] Secret = [1, 2, 3, 4, 5];

    private readonly SluiceOptions _options =
        new() { Data = Directory.CreateTempSubdirectory("sluice-test-").FullName };
    private readonly List<ServiceProvider> _providers = [];

    private NpgsqlDataSource _source = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _source = NpgsqlDataSource.Create(await postgres.CreateReadyDatabaseAsync());

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
            await provider.DisposeAsync();
        await _source.DisposeAsync();
        Directory.Delete(_options.Data, recursive: true);
    }

    [Fact]
    public async Task TheDatabaseAlone_DoesNotDecryptASecret()
    {
        var secrets = Secrets(await OpenAsync());
        var (totp, webhook) = (secrets.SealTotp(Secret), secrets.SealForWebhook(Secret));

        // An attacker with the whole database, who makes a key file.
        Write(NewKey());
        var thief = Secrets(KeyFile.Read(_options));

        foreach (var attempt in (Func<byte[]>[])[() => thief.OpenTotp(totp), () => thief.OpenForWebhook(webhook)])
            Assert.True(Record.Exception(attempt) is CryptographicException or KeyFileException);
        Assert.All(await RingAsync(), static row => Assert.Empty(row.Descendants("value")));
    }

    [Fact]
    public async Task TheFirstStart_MakesFileAndRing_AndTheNextChangesNothing()
    {
        var made = await OpenAsync();
        var ring = Texts(await RingAsync());
        var totp = Secrets(made).SealTotp(Secret);

        var again = await OpenAsync();

        Assert.Equal(made.First.Id, again.First.Id);
        Assert.Single(ring);
        Assert.Equal(ring, Texts(await RingAsync()));
        Assert.Equal(Secret, Secrets(again).OpenTotp(totp));
    }

    [Fact]
    public async Task ARingInTheClear_IsEncrypted_AndGetsAKeyThatWasNeverInTheClear()
    {
        var totp = PlainSecrets().SealTotp(Secret);
        Assert.Contains((await RingAsync()).Single().Descendants("value"), static value => value.Value.Length > 0);

        var secrets = Secrets(await OpenAsync());

        Assert.Equal(Secret, secrets.OpenTotp(totp));
        var ring = await RingAsync();
        Assert.Equal(2, ring.Count);
        Assert.All(ring, static row => Assert.Empty(row.Descendants("value")));
        // The first bytes after the header name the key of the ring.
        var newest = Guid.Parse(ring[1].Attribute("id")!.Value);
        Assert.Equal(newest, new Guid(secrets.SealTotp(Secret).AsSpan(4, 16)));
    }

    [Fact]
    public async Task ANewKey_PutFirst_TakesOver_AndTheOldOneCanGo()
    {
        var (old, next) = (NewKey(), NewKey());
        Write(old);
        var totp = Secrets(await OpenAsync()).SealTotp(Secret);

        Write(next, old);
        var both = await OpenAsync();
        Assert.Equal(Secret, Secrets(both).OpenTotp(totp));
        Assert.All(await RingAsync(), row => Assert.Equal([both.First.Id], ProtectedXml.KeyIds(row)));

        Write(next);
        Assert.Equal(Secret, Secrets(await OpenAsync()).OpenTotp(totp));
        Write(old);
        await RefusedAsync(_options.KeyFilePath);
    }

    [Fact]
    public async Task AnotherKey_IsRefused_AndNoOtherRingIsBegun()
    {
        await OpenAsync();
        var ring = Texts(await RingAsync());
        Write(NewKey());

        await RefusedAsync("which is not in it");
        var store = new StoredKeys(_source, KeyFile.Read(_options));
        Assert.Throws<KeyFileException>(() => store.StoreElement(new XElement("key"), "key"));

        Assert.Equal(ring, Texts(await RingAsync()));
    }

    [Fact]
    public async Task ALostFile_IsRefused_AndNotReplaced()
    {
        await OpenAsync();
        var ring = Texts(await RingAsync());
        File.Delete(_options.KeyFilePath);

        await RefusedAsync("Put the file back");

        Assert.False(File.Exists(_options.KeyFilePath));
        Assert.Equal(ring, Texts(await RingAsync()));
    }

    [Fact]
    public async Task AFileThatASettingNames_IsNeverMade()
    {
        _options.KeyFile = Path.Combine(_options.Data, "elsewhere");

        await RefusedAsync($"SLUICE_KEY_FILE is '{_options.KeyFile}', which is not there");

        Assert.Empty(await RingAsync());
        Assert.Empty(Directory.GetFiles(_options.Data));
    }

    [Fact]
    public async Task AChangedRow_IsRefused()
    {
        await OpenAsync();
        await using var owner = NpgsqlDataSource.Create(PostgresCluster.AsOwner(_source.ConnectionString));
        await using var change = owner.CreateCommand(
            "update data_protection_key set xml = regexp_replace(xml, '(<aesGcm[^>]*>)....', '\\1AAAA')");
        Assert.Equal(1, await change.ExecuteNonQueryAsync(Cancellation));

        await RefusedAsync("can't be decrypted");
    }

    /// <summary>
    /// Each has a folder and so a key of its own: one begins the ring, and the others must not use it.
    /// </summary>
    [Fact]
    public async Task OfNodesThatStartAtOnce_WithoutAFileInCommon_OneBeginsTheRing()
    {
        var starts = await Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
        {
            var folder = Directory.CreateDirectory(Path.Combine(_options.Data, $"{number}"));
            var options = new SluiceOptions { Data = folder.FullName };
            try
            {
                await KeyRingStart.OpenAsync(options, _source, TimeProvider.System, Cancellation);
                return true;
            }
            catch (KeyFileException)
            {
                return false;
            }
        }));

        Assert.Single(starts, static started => started);
        Assert.Single(await RingAsync());
    }

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static IReadOnlyList<string> Texts(IEnumerable<XElement> ring) => [.. ring.Select(static row => $"{row}")];

    private void Write(params string[] keys) => File.WriteAllLines(_options.KeyFilePath, keys);

    private Task<KeyFile> OpenAsync() => KeyRingStart.OpenAsync(_options, _source, TimeProvider.System, Cancellation);

    private async Task RefusedAsync(string because)
    {
        var refusal = await Assert.ThrowsAsync<KeyFileException>(OpenAsync);
        Assert.Contains("SLUICE_KEY_FILE", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(because, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Returns what the program encrypts with, as it registers it.</summary>
    private SealedSecrets Secrets(KeyFile keys)
    {
        var provider = new ServiceCollection()
            .AddLogging().AddSingleton(_source).AddSingleton(keys).AddKeyRing().BuildServiceProvider();
        _providers.Add(provider);
        return new SealedSecrets(provider.GetRequiredService<IDataProtectionProvider>());
    }

    /// <summary>Returns what an earlier version encrypted with: a ring in the clear.</summary>
    private SealedSecrets PlainSecrets()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDataProtection().SetApplicationName("sluice");
        services.Configure<KeyManagementOptions>(ring => ring.XmlRepository = new PlainKeys(_source));
        var provider = services.BuildServiceProvider();
        _providers.Add(provider);
        return new SealedSecrets(provider.GetRequiredService<IDataProtectionProvider>());
    }

    private async Task<IReadOnlyList<XElement>> RingAsync()
    {
        await using var command = _source.CreateCommand("select xml from data_protection_key order by id");
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<XElement>();
        while (await reader.ReadAsync(Cancellation))
            rows.Add(XElement.Parse(reader.GetString(0)));
        return rows;
    }
}
