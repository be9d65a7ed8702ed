using System.Globalization;

namespace Sluice.Api.Tests.Access;

/// <summary>An address of the management API with the permission that it requires.</summary>
internal sealed record Address(string Method, string Path, string Permission)
{
    /// <summary>Fills in ids; a placeholder that is not one of these gets an id that does not exist.</summary>
    public string Fill(string tenant, string project, string key) => string.Join('/', Path.Split('/')
        .Select(part => part switch
        {
            "{t}" => tenant,
            "{p}" => project,
            "{k}" => key,
            "{metric}" => "text_tokens",
            _ when !part.StartsWith('{') => part,
            _ => string.Create(CultureInfo.InvariantCulture, $"{part[1]}0000000001a"),
        }));

    public override string ToString() => $"{Method} {Path} ({Permission})";
}
