using System.Globalization;
using System.Text;

namespace Sluice.Client;

/// <summary>A request that is not sent yet, and can be sent more than once.</summary>
internal sealed class SluiceRequest(HttpMethod method, string path)
{
    private readonly StringBuilder _query = new();

    public HttpMethod Method => method;

    public string Address => path + _query;

    public object? Body { get; private set; }

    public string ContentType { get; private set; } = "application/json";

    public string Accept { get; private set; } = "application/json";

    public string? IdempotencyKey { get; private set; }

    public string? IfMatch { get; private set; }

    /// <summary>Returns a request for a path.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, as the OpenAPI document has it.</param>
    /// <param name="segments">The values of its parameters, in their order.</param>
    public static SluiceRequest To(string method, string path, params ReadOnlySpan<string> segments)
    {
        var address = new StringBuilder();
        var rest = path.AsSpan();
        foreach (var segment in segments)
        {
            address.Append(rest[..rest.IndexOf('{')]).Append(Uri.EscapeDataString(segment));
            rest = rest[(rest.IndexOf('}') + 1)..];
        }

        return new SluiceRequest(new HttpMethod(method), address.Append(rest).ToString());
    }

    public SluiceRequest With(string name, string? value)
    {
        if (value is not null)
            _query.Append(_query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public SluiceRequest With(string name, int? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    public SluiceRequest With(string name, bool? value) => With(name, value is { } set ? set ? "true" : "false" : null);

    public SluiceRequest With(string name, DateTimeOffset? value) =>
        With(name, value?.ToString("O", CultureInfo.InvariantCulture));

    public SluiceRequest Sends(object body, string contentType = "application/json")
    {
        Body = body;
        ContentType = contentType;
        return this;
    }

    public SluiceRequest Accepts(string type)
    {
        Accept = type;
        return this;
    }

    /// <summary>Makes repeats count once: with the caller's key, or with one of its own.</summary>
    public SluiceRequest Once(string? key)
    {
        IdempotencyKey = key ?? Guid.CreateVersion7().ToString("N");
        return this;
    }

    public SluiceRequest OnlyIf(string? etag)
    {
        IfMatch = etag;
        return this;
    }
}
