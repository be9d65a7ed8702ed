using System.Text.Json;
using System.Text.Json.Nodes;
using FastEndpoints;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Sluice.Api.Endpoints;

/// <summary>
/// Reads a request from its body alone, or from its query alone if it is a GET. The library's own binder mixes both,
/// so that a query could set a field that the body leaves out.
/// </summary>
internal sealed class RequestReader<TRequest> : IRequestBinder<TRequest>
    where TRequest : notnull
{
    /// <exception cref="BadHttpRequestException">400 or 415: the request can't be read.</exception>
    public async ValueTask<TRequest> BindAsync(BinderContext ctx, CancellationToken ct)
    {
        var http = ctx.HttpContext;
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            if (typeof(TRequest) != typeof(EmptyRequest) && HttpMethods.IsGet(http.Request.Method))
                return ReadQuery(http.Request.Query, json);
            if (http.Request.Query.Count > 0)
                throw new JsonException($"'{http.Request.Query.First().Key}' could not be mapped");
            return typeof(TRequest) == typeof(EmptyRequest)
                ? (TRequest)(object)EmptyRequest.Instance
                : await ReadBodyAsync(http, json, ct);
        }
        catch (JsonException malformed)
        {
            throw new BadHttpRequestException("The request is malformed.", StatusCodes.Status400BadRequest, malformed);
        }
    }

    /// <summary>Reads a query like an object of texts, so that unknown and repeated names are errors too.</summary>
    private static TRequest ReadQuery(IQueryCollection query, JsonSerializerOptions json)
    {
        var fields = new JsonObject();
        foreach (var (name, values) in query)
            fields[name] = values.Count == 1 ? values[0] : throw new JsonException($"'{name}' is a duplicate");
        return fields.Deserialize<TRequest>(json)!;
    }

    private static async ValueTask<TRequest> ReadBodyAsync(
        HttpContext http, JsonSerializerOptions json, CancellationToken ct)
    {
        var isOptional = http.GetEndpoint()?.Metadata.GetMetadata<OptionalBodyMetadata>() is not null;
        TRequest? request = default;
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false })
        {
            if (!http.Request.HasJsonContentType())
                throw new BadHttpRequestException("The body is not JSON.", StatusCodes.Status415UnsupportedMediaType);
            request = await http.Request.ReadFromJsonAsync<TRequest>(json, ct);
        }

        if (request is null && isOptional)
            request = JsonSerializer.Deserialize<TRequest>("{}", json);
        return request ?? throw new BadHttpRequestException("The body is missing.", StatusCodes.Status400BadRequest);
    }
}
