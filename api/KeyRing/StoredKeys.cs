using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Sluice.Api.KeyRing;

/// <summary>
/// Stores the keys of ASP.NET Core's data protection in PostgreSQL, so that every node can decrypt what another node
/// encrypted; encrypted themselves, by a key that is not in the database.
/// </summary>
internal sealed class StoredKeys(NpgsqlDataSource source, KeyFile keys) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = source.CreateCommand("select xml from data_protection_key order by id");
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read())
            elements.Add(XElement.Parse(reader.GetString(0)));
        return elements;
    }

    /// <summary>
    /// Adds a key. Refused if there is one that this node can't decrypt: the framework would go on with a new ring, of
    /// which other nodes know as little.
    /// </summary>
    public void StoreElement(XElement element, string friendlyName)
    {
        if (GetAllElements().SelectMany(ProtectedXml.KeyIds).FirstOrDefault(id => keys.Find(id) is null) is { } unknown)
        {
            throw new KeyFileException(
                $"The database has a key ring that is encrypted with key {unknown}, which is not in SLUICE_KEY_FILE "
                + $"({keys.Path}); no other ring is made beside it.");
        }

        using var command = source.CreateCommand("insert into data_protection_key (name, xml) values ($1, $2)");
        command.Parameters.AddWithValue(friendlyName);
        command.Parameters.AddWithValue(ProtectedXml.Protect(element, keys).ToString(SaveOptions.DisableFormatting));
        command.ExecuteNonQuery();
    }
}
