using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Sluice.Api.Auth;
using Sluice.Api.KeyRing;
using Sluice.Api.Settings;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.KeyRing;

/// <summary>A running node's secrets, and nodes whose key is another.</summary>
public sealed class KeyRingNodeTests(NodeHost host, PostgresFixture postgres) : IClassFixture<NodeHost>
{
    /// <summary>The secret of a second factor opens with the node's key file, and only with it.</summary>
    [Fact]
    public async Task ASecondFactorInTheDatabase_OpensWithTheKeyFileOnly()
    {
        var owner = await Person.OwnerAsync(host);
        (await owner.Api.PostAsync("/api/v1/me/mfa/enroll")).Is(HttpStatusCode.OK);
        var stored = await host.QueryAsync<byte[]>("select totp_secret from member where totp_secret is not null");
        var other = Directory.CreateTempSubdirectory("sluice-test-");

        try
        {
            var own = KeyFile.Read(new SluiceOptions { Data = host.DataFolder });
            var stranger = KeyFile.Make(new SluiceOptions { Data = other.FullName });

            Assert.NotEmpty(await OpenAsync(own, stored!));
            await Assert.ThrowsAnyAsync<Exception>(() => OpenAsync(stranger, stored!));
            Assert.Equal(0, await host.QueryAsync<long>(
                "select count(*) from data_protection_key where xml like '%masterKey%' or xml not like '%aesGcm%'"));
        }
        finally
        {
            other.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task ANodeWithAnotherKey_DoesNotStart_AndNamesTheSetting()
    {
        var database = await postgres.CreateReadyDatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("sluice-test-");
        try
        {
            Assert.Equal(0, (await StartAsync("first")).Code);
            Assert.Equal(0, (await StartAsync("first")).Code);

            var stranger = await StartAsync("second");

            Assert.Equal(1, stranger.Code);
            Assert.StartsWith("SLUICE_KEY_FILE is not set", stranger.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", stranger.Errors, StringComparison.Ordinal);
            var file = Path.Combine(folder.FullName, "first", "encryption-key");
            Assert.Equal(0, (await StartAsync("second", ("SLUICE_KEY_FILE", file))).Code);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Task<ProgramRun> StartAsync(string data, params (string, string)[] settings) => ProgramRun.DoAsync(
            [], [("SLUICE_POSTGRES", database), ("SLUICE_DATA", Path.Combine(folder.FullName, data)), .. settings]);
    }

    private async Task<byte[]> OpenAsync(KeyFile keys, byte[] stored)
    {
        await using var source = NpgsqlDataSource.Create($"{host.ConnectionString};Pooling=false");
        await using var provider = new ServiceCollection()
            .AddLogging().AddSingleton(source).AddSingleton(keys).AddKeyRing().BuildServiceProvider();
        return new SealedSecrets(provider.GetRequiredService<IDataProtectionProvider>()).OpenTotp(stored);
    }
}
