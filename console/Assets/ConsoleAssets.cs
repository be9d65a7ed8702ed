using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sluice.WebConsole.Assets;

/// <summary>
/// The style, the script and the icon of the console. Their addresses have a hash of their content, so browsers keep
/// them for ever; any node of the same version has them.
/// </summary>
public static class ConsoleAssets
{
    internal const string Path = "/console/assets";

    private static readonly FrozenDictionary<string, Asset> ByName = new[]
    {
        Read("console.css", "text/css; charset=utf-8"),
        Read("console.js", "text/javascript; charset=utf-8"),
        Read("icon.svg", "image/svg+xml"),
    }.ToFrozenDictionary(static asset => asset.Name);

    /// <summary>Returns the address of an asset.</summary>
    internal static string AddressOf(string name) => $"{Path}/{ByName[name].Hash}/{name}";

    internal static void MapConsoleAssets(this IEndpointRouteBuilder routes) => routes.MapGet(
        Path + "/{hash}/{name}",
        static (string hash, string name, HttpContext http) => SendAsync(http, hash, name))
        .AllowAnonymous().ExcludeFromDescription();

    private static Task SendAsync(HttpContext http, string hash, string name)
    {
        if (!ByName.TryGetValue(name, out var asset))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        // A node of another version may be asked while nodes are updated one by one: it has something else to say.
        var headers = http.Response.Headers;
        headers.CacheControl = hash == asset.Hash ? "public, max-age=31536000, immutable" : "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.Vary = "Accept-Encoding";
        http.Response.ContentType = asset.Type;
        var packs = http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (packs)
            headers.ContentEncoding = "br";
        var body = packs ? asset.Packed : asset.Bytes;
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, 0, body.Length, http.RequestAborted);
    }

    private static Asset Read(string name, string type)
    {
        var assembly = typeof(ConsoleAssets).Assembly;
        using var stream = assembly.GetManifestResourceStream($"Sluice.WebConsole.Assets.{name}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize))
            brotli.Write(bytes.ToArray());
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..12];
        return new Asset(name, type, hash, bytes.ToArray(), packed.ToArray());
    }

    private sealed record Asset(string Name, string Type, string Hash, byte[] Bytes, byte[] Packed);
}
