using System.Net.Sockets;
using Npgsql;
using Sluice.Engine.Control;

namespace Sluice.Api.Health;

/// <summary>Ready when the database answers.</summary>
internal sealed class StoreReadiness(NpgsqlDataSource source) : IReadiness
{
    public string Name => "store";

    public async ValueTask<string?> ReasonNotReadyAsync(CancellationToken ct)
    {
        try
        {
            await using var command = source.CreateCommand("select 1");
            await command.ExecuteScalarAsync(ct);
            return null;
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            return "The database does not answer.";
        }
    }
}
