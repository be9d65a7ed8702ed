using System.Globalization;

namespace Sluice.Api.Tests.Access;

/// <summary>An address of the management API with the permission that it asks for.</summary>
internal sealed record Address(string Method, string Path, string Permission)
{
    /// <summary>Puts ids in; what is not named here is an id that nothing has.</summary>
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
