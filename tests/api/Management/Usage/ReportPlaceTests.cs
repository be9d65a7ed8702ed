using System.Net;
using Npgsql;
using Xunit;

namespace Sluice.Api.Tests.Management.Usage;

/// <summary>Reports of one tenant leave room for those of others, and for usage.</summary>
public sealed class ReportPlaceTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task ATenantThatAsksForTooMuchAtOnce_IsRefused_AndOthersGoOn()
    {
        var (greedy, other) = (await Person.OwnerAsync(host), await Person.OwnerAsync(host));
        var path = $"{greedy.TenantPath}/usage";
        List<Task<Answer>> asked;
        await using (await LockAsync(host, "usage_day"))
        {
            // Two read and wait for the lock, sixteen wait for a place.
            asked = [.. Enumerable.Range(0, 30).Select(_ => greedy.Api.GetAsync(path))];
            for (var i = 0; i < 12; i++)
            {
                var first = await Task.WhenAny(asked);
                asked.Remove(first);
                var refused = (await first).IsProblem(HttpStatusCode.TooManyRequests, "too-many-reports");
                Assert.Equal(TimeSpan.FromSeconds(1), refused.Message.Headers.RetryAfter?.Delta);
            }

            (await other.Api.GetAsync($"{other.TenantPath}/audit")).Is(HttpStatusCode.OK);
            (await greedy.Api.GetAsync($"{other.TenantPath}/usage")).Is(HttpStatusCode.NotFound);
            (await other.Api.GetAsync($"{other.TenantPath}/audit")).Is(HttpStatusCode.OK);
        }

        Assert.All(await Task.WhenAll(asked), static answer => answer.Is(HttpStatusCode.OK));
        Assert.Equal(18, asked.Count);
    }

    /// <summary>Makes those who read a table wait, until it is disposed.</summary>
    internal static async Task<NpgsqlConnection> LockAsync(NodeHost host, string table)
    {
        var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"begin; lock table {table} in access exclusive mode";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
