using Npgsql;

namespace Sluice.Storage.Control.Clusters;

/// <summary>Stores the certificate by which the nodes of a cluster authenticate each other.</summary>
public sealed class ClusterCertificateStore(NpgsqlDataSource source)
{
    /// <summary>Returns the certificate of a cluster; the first node that asks creates and stores it.</summary>
    /// <param name="cluster">The name of the cluster.</param>
    /// <param name="make">Creates a certificate; called only if the cluster has none.</param>
    /// <param name="ct">Cancels the query.</param>
    /// <exception cref="NpgsqlException">The database can't be reached.</exception>
    public async Task<ClusterCertificateRow> ReadOrAddAsync(
        string cluster, Func<ClusterCertificateRow> make, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(make);
        if (await ReadAsync(cluster, ct) is { } found)
            return found;

        // Several nodes may start at once on an empty database: one row is stored, and all of them read it.
        var made = make();
        await using (var insert = source.CreateCommand(
            "insert into cluster_certificate (cluster_id, certificate, private_key) values ($1, $2, $3) "
            + "on conflict do nothing"))
        {
            insert.Parameters.AddWithValue(cluster);
            insert.Parameters.AddWithValue(made.Certificate);
            insert.Parameters.AddWithValue(made.PrivateKey);
            await insert.ExecuteNonQueryAsync(ct);
        }

        return await ReadAsync(cluster, ct)
            ?? throw new InvalidOperationException($"The certificate of cluster '{cluster}' was deleted meanwhile.");
    }

    private async Task<ClusterCertificateRow?> ReadAsync(string cluster, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            "select certificate, private_key from cluster_certificate where cluster_id = $1");
        command.Parameters.AddWithValue(cluster);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new ClusterCertificateRow(reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1))
            : null;
    }
}
