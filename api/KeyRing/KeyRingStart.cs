using System.Security.Cryptography;
using System.Xml.Linq;
using Npgsql;
using Sluice.Api.Settings;

namespace Sluice.Api.KeyRing;

/// <summary>
/// Opens the key ring when a node starts: everything in it must be readable, and is encrypted with the first key of the
/// file afterwards. All of it happens under a lock, so that nodes which start at once can't begin two rings.
/// </summary>
public static class KeyRingStart
{
    /// <summary>The number of an advisory lock: arbitrary, but the same on every node.</summary>
    private const long LockNumber = 0x51_01CE_0B17;

    private const string
        Update = "update data_protection_key set xml = $1 where id = $2",
        Insert = "insert into data_protection_key (xml, name) values ($1, $2)";

    /// <summary>
    /// Reads the file of keys, or creates one if none is named and the ring does not need one yet. Encrypts what is in
    /// the clear or encrypted with a later key of the file. A ring that is empty, or that was in the clear and so may
    /// be in dumps, gets a new key.
    /// </summary>
    /// <param name="options">The validated settings.</param>
    /// <param name="source">The database, with the schema of this program.</param>
    /// <param name="time">Says from when a new key is in use.</param>
    /// <param name="ct">Cancels the operation.</param>
    /// <exception cref="KeyFileException">The file is missing, or does not decrypt the ring.</exception>
    /// <exception cref="NpgsqlException">The database can't be reached.</exception>
    public static async Task<KeyFile> OpenAsync(
        SluiceOptions options, NpgsqlDataSource source, TimeProvider time, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(time);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var wait = new NpgsqlCommand($"select pg_advisory_xact_lock({LockNumber})", connection))
            await wait.ExecuteNonQueryAsync(ct);
        var ring = await ReadAsync(connection, ct);
        var keys = Keys(options, ring);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var (id, element) in ring)
        {
            var protectedElement = Protect(options, keys, id, element);
            if (ProtectedXml.HasPlainSecret(element) || ProtectedXml.KeyIds(element).Any(used => used != keys.First.Id))
                batch.BatchCommands.Add(Command(Update, protectedElement, id));
        }

        if (ring.Count == 0 || ring.Exists(static row => ProtectedXml.HasPlainSecret(row.Element)))
        {
            var made = ProtectedXml.Protect(NewRingKey.Make(keys, time.GetUtcNow()), keys);
            var name = $"key-{made.Attribute("id")?.Value}";
            batch.BatchCommands.Add(Command(Insert, made, name));
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return keys;
    }

    private static KeyFile Keys(SluiceOptions options, List<(long Id, XElement Element)> ring)
    {
        var used = ring.SelectMany(static row => ProtectedXml.KeyIds(row.Element)).Distinct().ToList();
        if (!KeyFile.Exists(options))
        {
            if (options.KeyFile.Length > 0)
            {
                throw new KeyFileException(
                    $"{KeyFile.Named(options)}, which is not there. Put it back, or make one if there never was one: "
                    + "openssl rand -hex 32. All nodes of a cluster need the same.");
            }

            if (used.Count > 0)
            {
                throw new KeyFileException(
                    $"{KeyFile.Named(options)}, which is not there, and the secrets in the database are encrypted with "
                    + $"key {string.Join(", ", used)}. Put the file back, or copy it from another node of the cluster; "
                    + "see docs/runbook.md, Encryption key.");
            }

            return KeyFile.Make(options);
        }

        var keys = KeyFile.Read(options);
        return used.Where(id => keys.Find(id) is null).ToList() is { Count: > 0 } unknown
            ? throw new KeyFileException(
                $"{KeyFile.Named(options)}, and the secrets in the database are encrypted with key "
                + $"{string.Join(", ", unknown)}, which is not in it. Use the file of the cluster's other nodes; see "
                + "docs/runbook.md, Encryption key.")
            : keys;
    }

    private static XElement Protect(SluiceOptions options, KeyFile keys, long id, XElement element)
    {
        try
        {
            return ProtectedXml.Protect(element, keys);
        }
        catch (CryptographicException damaged)
        {
            throw new KeyFileException(
                $"{KeyFile.Named(options)}, and row {id} of data_protection_key can't be decrypted with it: it was "
                + "changed. Restore it from a dump.",
                damaged);
        }
    }

    private static async Task<List<(long Id, XElement Element)>> ReadAsync(
        NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select id, xml from data_protection_key order by id", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<(long, XElement)>();
        while (await reader.ReadAsync(ct))
            rows.Add((reader.GetInt64(0), XElement.Parse(reader.GetString(1))));
        return rows;
    }

    private static NpgsqlBatchCommand Command(string sql, XElement element, object value)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddWithValue(element.ToString(SaveOptions.DisableFormatting));
        command.Parameters.AddWithValue(value);
        return command;
    }
}
