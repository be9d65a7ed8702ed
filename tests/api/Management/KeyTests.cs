using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sluice.Metering.Keys;
using Xunit;

namespace Sluice.Api.Tests.Management;

[Collection<MembersNode>]
public sealed class KeyTests(NodeHost host)
{
    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task Create_ShowsTheSecretOnce_AndStoresOnlyItsHash()
    {
        var keys = await _api.KeysPathAsync();

        var created = (await _api.PostAsync(keys, new { name = "web" })).Is(HttpStatusCode.Created);

        var secret = created.String("secret");
        Assert.True(ApiKeyFormat.TryParse(secret, out var parts));
        Assert.Equal(KeyKind.Project, parts.Kind);
        Assert.Contains(created.String("id"), secret);
        Assert.DoesNotContain(secret, (await _api.GetAsync(keys)).Text);
        Assert.Equal(1L, await host.QueryAsync<long>(
            "select count(*) from api_key where secret_hash = $1", SHA256.HashData(Encoding.ASCII.GetBytes(secret))));
        await AssertNowhereInTheDatabaseAsync(secret);
    }

    [Fact]
    public async Task Create_WithAnIdempotencyKey_KeepsTheSecretOutOfTheDatabaseToo()
    {
        var keys = await _api.KeysPathAsync();

        var created = await _api.PostAsync(keys, new { name = "web" }, "make-web-key");
        var again = await _api.PostAsync(keys, new { name = "web" }, "make-web-key");

        Assert.Equal(created.String("secret"), again.String("secret"));
        await AssertNowhereInTheDatabaseAsync(created.String("secret"));
    }

    [Fact]
    public async Task List_ShowsNameExpiryAndUse()
    {
        var keys = await _api.KeysPathAsync();
        await _api.PostAsync(keys, new { name = "web", expiresAt = "2090-01-01T09:00:00+09:00" });
        await _api.PostAsync(keys, new { name = "batch" });

        var items = (await _api.GetAsync(keys)).Is(HttpStatusCode.OK)["items"];

        Assert.Equal(2, items.GetArrayLength());
        Assert.Equal("web", items[0].GetProperty("name").GetString());
        Assert.Equal("2090-01-01T00:00:00Z", items[0].GetProperty("expiresAt").GetString());
        Assert.Null(items[1].GetProperty("expiresAt").GetString());
        Assert.Null(items[1].GetProperty("lastUsedAt").GetString());
    }

    [Fact]
    public async Task Create_RefusesANameThatIsTaken_AndNamesTheOther()
    {
        var keys = await _api.KeysPathAsync();
        var first = await _api.PostAsync(keys, new { name = "web" });

        var second = await _api.PostAsync(keys, new { name = "Web" });

        second.IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal(first.String("id"), second.String("conflictsWith"));
    }

    [Fact]
    public async Task Create_RefusesAnExpiryInThePast()
    {
        var keys = await _api.KeysPathAsync();

        (await _api.PostAsync(keys, new { name = "web", expiresAt = "2020-01-01T00:00:00Z" }))
            .BreaksRules("expiresAt: in-the-past");
    }

    [Fact]
    public async Task Change_SetsAndRemovesTheExpiry()
    {
        var keys = await _api.KeysPathAsync();
        var key = await _api.PostAsync(keys, new { name = "web" });
        var path = $"{keys}/{key.String("id")}";

        var set = await _api.PatchAsync(path, new { expiresAt = "2090-01-01T00:00:00Z" });
        Assert.Equal("2090-01-01T00:00:00Z", set.Is(HttpStatusCode.OK).String("expiresAt"));
        var removed = await _api.PatchAsync(path, """{"expiresAt": null}""");
        Assert.Null(removed.Is(HttpStatusCode.OK)["expiresAt"].GetString());

        Assert.Equal(3L, await VersionAsync(key));
    }

    [Fact]
    public async Task Rename_LeavesTheExpiry_AndTheCredentialAsItWas()
    {
        var keys = await _api.KeysPathAsync();
        var key = await _api.PostAsync(keys, new { name = "web", expiresAt = "2090-01-01T00:00:00Z" });

        var renamed = await _api.PatchAsync($"{keys}/{key.String("id")}", new { name = "site" });

        Assert.Equal("site", renamed.Is(HttpStatusCode.OK).String("name"));
        Assert.Equal("2090-01-01T00:00:00Z", renamed.String("expiresAt"));
        Assert.Equal(1L, await VersionAsync(key));
    }

    [Fact]
    public async Task Regenerate_KeepsTheKey_AndReplacesTheSecret()
    {
        var keys = await _api.KeysPathAsync();
        var key = await _api.PostAsync(keys, new { name = "web" });

        var renewed = await _api.PostAsync($"{keys}/{key.String("id")}/regenerate");

        Assert.Equal(key.String("id"), renewed.Is(HttpStatusCode.OK).String("id"));
        Assert.NotEqual(key.String("secret"), renewed.String("secret"));
        Assert.Null(renewed["oldSecretUntil"].GetString());
        Assert.Equal(0L, await CountAsync("secret_hash = $1 or previous_hash = $1", HashOf(key.String("secret"))));
        Assert.Equal(1L, await CountAsync("secret_hash = $1", HashOf(renewed.String("secret"))));
        Assert.Equal(2L, await VersionAsync(key));
    }

    [Fact]
    public async Task Regenerate_WithAGraceTime_KeepsTheOldSecretForIt_AndTheListSaysSo()
    {
        var keys = await _api.KeysPathAsync();
        var key = await _api.PostAsync(keys, new { name = "web" });

        var renewed = await _api.PostAsync($"{keys}/{key.String("id")}/regenerate", new { graceSeconds = 3600 });

        var until = renewed.Is(HttpStatusCode.OK)["oldSecretUntil"].GetDateTimeOffset();
        Assert.Equal(1L, await CountAsync(
            "previous_hash = $1 and previous_until = $2", HashOf(key.String("secret")), until));
        var listed = (await _api.GetAsync(keys))["items"][0];
        Assert.Equal(until, listed.GetProperty("oldSecretUntil").GetDateTimeOffset());
    }

    [Fact]
    public async Task Regenerate_EndsAnEarlierGraceTime()
    {
        var keys = await _api.KeysPathAsync();
        var key = await _api.PostAsync(keys, new { name = "web" });
        await _api.PostAsync($"{keys}/{key.String("id")}/regenerate", new { graceSeconds = 3600 });

        (await _api.PostAsync($"{keys}/{key.String("id")}/regenerate", new { graceSeconds = 0 })).Is(HttpStatusCode.OK);

        Assert.Equal(0L, await CountAsync("secret_hash = $1 or previous_hash = $1", HashOf(key.String("secret"))));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2_592_001)]
    public async Task Regenerate_RefusesAGraceTimeOutOfRange(int graceSeconds)
    {
        var keys = await _api.KeysPathAsync();
        var key = await _api.PostAsync(keys, new { name = "web" });

        (await _api.PostAsync($"{keys}/{key.String("id")}/regenerate", new { graceSeconds }))
            .BreaksRules("graceSeconds: range");
    }

    [Fact]
    public async Task Delete_EndsTheKey_AndCanBeRepeated()
    {
        var keys = await _api.KeysPathAsync();
        var key = await _api.PostAsync(keys, new { name = "web" });
        var path = $"{keys}/{key.String("id")}";

        (await _api.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
        (await _api.DeleteAsync(path)).Is(HttpStatusCode.NoContent);

        (await host.Bearing(key.String("secret")).GetAsync("/v1/limits")).Is(HttpStatusCode.Unauthorized);
        Assert.Equal(0, (await _api.GetAsync(keys))["items"].GetArrayLength());
        (await _api.PatchAsync(path, new { name = "x" })).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.PostAsync($"{path}/regenerate")).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task AKey_IsNotFoundUnderAnotherProject()
    {
        var mine = await _api.KeysPathAsync();
        var theirs = await _api.KeysPathAsync();
        var key = await _api.PostAsync(mine, new { name = "web" });
        var path = $"{theirs}/{key.String("id")}";

        (await _api.PatchAsync(path, new { name = "x" })).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.PostAsync($"{path}/regenerate")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.DeleteAsync(path)).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.DeleteAsync($"{theirs}/nonsense")).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    private Task<long> CountAsync(string condition, params object[] values) =>
        host.QueryAsync<long>($"select count(*) from api_key where {condition}", values);

    private Task<long> VersionAsync(Answer key) => host.QueryAsync<long>(
        "select credential_version from api_key where id = $1", Scene.IdOf(key.String("id")));

    /// <summary>Searches every row of every table, text and bytes alike.</summary>
    private async Task AssertNowhereInTheDatabaseAsync(string secret)
    {
        var hex = Convert.ToHexString(Encoding.ASCII.GetBytes(secret)).ToLowerInvariant();
        var tables = (await host.QueryAsync<string[]>(
            "select array_agg(tablename::text) from pg_tables where schemaname = 'public'"))!;
        Assert.Contains("idempotency", tables);
        foreach (var table in tables)
        {
            Assert.Equal(0L, await host.QueryAsync<long>(
                $"select count(*) from {table} r where position($1 in r::text) > 0 or position($2 in r::text) > 0",
                secret,
                hex));
        }
    }
}
