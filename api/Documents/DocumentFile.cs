using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Sluice.Api.Documents;

/// <summary>
/// The document as bytes. Making it takes most of a second of processor time, and anybody may ask for it: it is made
/// once a day, because its examples have times in the future.
/// </summary>
internal sealed class DocumentFile(
    [FromKeyedServices(DocumentFile.Name)] IOpenApiDocumentProvider provider, TimeProvider time)
    : IDisposable
{
    private const string Name = "v1";

    private readonly SemaphoreSlim _oneMaker = new(1, 1);
    private volatile Made? _made;

    public void Dispose() => _oneMaker.Dispose();

    /// <summary>Returns the document, or 304 if the caller has it.</summary>
    public async Task<IResult> GetAsync(CancellationToken ct)
    {
        if (_made is not { } made || made.Day != Today)
            made = await MakeOnceAsync(ct);
        return TypedResults.Bytes(made.Json, "application/json", entityTag: made.Tag);
    }

    private DateTime Today => time.GetUtcNow().UtcDateTime.Date;

    private async Task<Made> MakeOnceAsync(CancellationToken ct)
    {
        await _oneMaker.WaitAsync(ct);
        try
        {
            // Not cancelled with the first caller, because others wait for it.
            return _made is { } made && made.Day == Today ? made : _made = await MakeAsync(Today);
        }
        finally
        {
            _oneMaker.Release();
        }
    }

    private async Task<Made> MakeAsync(DateTime day)
    {
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        var bytes = json.ToArray();
        return new(day, bytes, new($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\""));
    }

    private sealed record Made(DateTime Day, byte[] Json, EntityTagHeaderValue Tag);
}
