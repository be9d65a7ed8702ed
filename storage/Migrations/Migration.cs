using System.Security.Cryptography;
using System.Text;

namespace Sluice.Storage.Migrations;

/// <summary>One numbered step of the database schema, as shipped with the program.</summary>
public sealed class Migration
{
    /// <param name="number">1 to 9999; the order in which migrations are applied.</param>
    /// <param name="name">A short description: the file name without its number.</param>
    /// <param name="sql">Any number of statements that PostgreSQL can run inside a transaction.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is outside 1 to 9999.</exception>
    public Migration(int number, string name, string sql)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 9999);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(sql);
        Number = number;
        Name = name;
        Sql = sql;
        Checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Normalized(sql))));
    }

    /// <summary>The migration's number, 1 to 9999, without gaps.</summary>
    public int Number { get; }

    public string Name { get; }

    public string Sql { get; }

    /// <summary>
    /// SHA-256 of the statements in lower-case hexadecimal. Line ends and a byte order mark are ignored: a checkout on
    /// another system must not look like another migration.
    /// </summary>
    public string Checksum { get; }

    /// <summary>The file name, as shown in errors.</summary>
    public string FileName => $"{Number:D4}_{Name}.sql";

    public override string ToString() => FileName;

    private static string Normalized(string sql) => sql.TrimStart('\uFEFF').ReplaceLineEndings("\n");
}
