using Npgsql;
using Sluice.Storage.Migrations;

namespace Sluice.Api.Tests.Hosting;

/// <summary>The schema that hosts find in their database, so that only the first of them must create it.</summary>
internal static class Schema
{
    public static async Task ApplyAsync(string connectionString)
    {
        await using (var source = NpgsqlDataSource.Create(connectionString))
            await MigrationRunner.ApplyAsync(source, CancellationToken.None);
        NpgsqlConnection.ClearAllPools();
    }
}
