using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>Bodies with a <c>Content-Encoding</c>.</summary>
[Collection<DataPlaneNode>]
public sealed class PackedBodyTests(NodeHost host)
{
    private const string Body = """{"metrics": {"text_tokens": 5}}""";

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("br")]
    [InlineData("identity")]
    public async Task APackedBody_IsReadLikeAPlainOne(string encoding)
    {
        var customer = await Customer.CreateAsync(host);

        (await customer.Key.PostAsync("/v1/usage", Packed(Body, encoding))).Is(HttpStatusCode.OK);
        const string Reservation = """{"id": "r", "metrics": {"text_tokens": 1}}""";
        (await customer.Key.PostAsync("/v1/reservations", Packed(Reservation, encoding))).Is(HttpStatusCode.Created);
        (await customer.Key.PostAsync("/v1/reservations/r/commit", Packed(Body, encoding))).Is(HttpStatusCode.OK);
        (await host.Gateway().PostAsync(
            "/v1/usage/batch",
            Packed($$"""[{"keyId": "{{customer.KeyId}}", "metrics": {"text_tokens": 7} }]""", encoding)))
            .Is(HttpStatusCode.OK);

        await customer.SeesInLedgerAsync(17);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task AFewBytes_MayNotCostTheWorkOfMegabytes(string encoding)
    {
        var bomb = new string(' ', 8 << 20) + "[]";

        (await host.Gateway().PostAsync("/v1/usage/batch", Packed(bomb, encoding)))
            .IsProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task TheBoundHolds_ForWhatTheBodyUnpacksTo(string encoding)
    {
        var customer = await Customer.CreateAsync(host);

        (await customer.Key.PostAsync("/v1/usage", Packed(Padded(1 << 20), encoding))).Is(HttpStatusCode.OK);
        (await customer.Key.PostAsync("/v1/usage", Packed(Padded((1 << 20) + 1), encoding)))
            .IsProblem(HttpStatusCode.RequestEntityTooLarge, "too-large");
        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);

        await customer.SeesInLedgerAsync(6);
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("gzip, br")]
    [InlineData("zstd")]
    public async Task AnUnknownEncoding_IsNamed_WithThoseThatAreKnown(string encoding)
    {
        var customer = await Customer.CreateAsync(host);

        var answer = await customer.Key.PostAsync("/v1/usage", Packed(Body, encoding));

        answer.IsProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        Assert.Contains("Content-Encoding", answer.String("detail"));
        Assert.Equal("gzip, br", answer.Message.Headers.GetValues("Accept-Encoding").Single());
        await customer.HasCountedNothingAsync();
    }

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("br", false)]
    [InlineData("gzip", true)]
    [InlineData("br", true)]
    public async Task ABodyThatIsNotWhatItsEncodingSays_IsRefused(string encoding, bool cut)
    {
        var customer = await Customer.CreateAsync(host);
        var bytes = await Packed(Body, cut ? encoding : "identity").ReadAsByteArrayAsync();
        var content = new ByteArrayContent(cut ? bytes[..^12] : bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add(encoding);

        (await customer.Key.PostAsync("/v1/usage", content)).IsProblem(HttpStatusCode.BadRequest, "bad-request");
        await customer.HasCountedNothingAsync();
    }

    private static ByteArrayContent Packed(string text, string encoding)
    {
        using var packed = new MemoryStream();
        using (var stream = Packing(packed, encoding))
            stream.Write(Encoding.UTF8.GetBytes(text));
        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return content;
    }

    /// <summary>Returns the body with white space behind it that packs as badly as events do.</summary>
    private static string Padded(int length)
    {
        var random = new Random(1);
        return Body + string.Concat(Enumerable.Range(0, length - Body.Length).Select(_ => " \n\t\r"[random.Next(4)]));
    }

    private static Stream Packing(MemoryStream packed, string encoding) => encoding.ToUpperInvariant() switch
    {
        "GZIP" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        "BR" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        _ => packed,
    };
}
