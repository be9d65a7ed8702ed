using System.Text;
using System.Text.Json;

namespace Sluice.Api.Tests.Documents.Client;

/// <summary>Writes the methods of the client.</summary>
internal sealed class OperationWriter(TypeNames types)
{
    private const string Indent = "    ";
    private const int LineMax = 120;

    /// <summary>What the name of a path's parameter says, by the collection before it.</summary>
    private static readonly Dictionary<string, string> Singular = new()
    {
        ["price-books"] = "priceBookId",
        ["boosts"] = "boostId",
        ["quota-requests"] = "quotaRequestId",
    };

    public string Write(IReadOnlyList<Operation> operations)
    {
        var code = new StringBuilder(
            "// Written from the OpenAPI document by a test of the API, which says how.\n"
            + "using Sluice.Client.Models;\n\nnamespace Sluice.Client;\n\n"
            + "public sealed partial class SluiceClient\n{\n");
        var first = true;
        foreach (var operation in operations)
        {
            foreach (var accept in Answers(operation))
            {
                if (!first)
                    code.Append('\n');
                first = false;
                Write(code, operation, accept);
            }
        }

        return code.Append("}\n").ToString();
    }

    /// <summary>The types of the answer: JSON, and what else may be asked for; null for an empty one.</summary>
    private static IEnumerable<string?> Answers(Operation operation)
    {
        var content = Success(operation);
        return content is { } found
            ? found.EnumerateObject().Select(static type => (string?)type.Name)
            : [null];
    }

    private static JsonElement? Success(Operation operation)
    {
        var answer = operation.Value.GetProperty("responses").EnumerateObject()
            .First(static response => response.Name.StartsWith('2')).Value;
        return answer.TryGetProperty("content", out var content) ? content : null;
    }

    private void Write(StringBuilder code, Operation operation, string? accept)
    {
        var isStream = accept is not null and not "application/json";
        var type = accept is null ? "SluiceResult"
            : isStream ? "SluiceResult<Stream>"
            : $"SluiceResult<{TypeOf(Success(operation)!.Value.GetProperty(accept))}>";
        var parameters = Parameters(operation).ToList();
        Text.Comment(code, Indent, Sentence(operation), "<summary>", "</summary>");
        foreach (var parameter in parameters)
        {
            Text.Comment(
                code, Indent, parameter.Description, $"<param name=\"{parameter.Name}\">", "</param>");
        }

        Text.Comment(code, Indent, "Ends the wait for an answer.", "<param name=\"ct\">", "</param>");
        var suffix = isStream ? SuffixOf(accept!) : "";
        Signature(code, $"public Task<{type}> {operation.Id}{suffix}Async", parameters);
        var send = accept is null ? "SendAsync" : isStream ? "StreamAsync" : $"SendAsync<{type[13..^1]}>";
        code.Append($"{Indent}{Indent}{send}(\n{Indent}{Indent}{Indent}");
        code.Append(To(operation));
        foreach (var parameter in parameters.Where(static p => p.Call is not null))
            code.Append($"\n{Indent}{Indent}{Indent}{Indent}{parameter.Call}");
        if (isStream)
            code.Append($"\n{Indent}{Indent}{Indent}{Indent}.Accepts(\"{accept}\")");
        code.Append($",\n{Indent}{Indent}{Indent}ct);\n");
    }

    /// <summary>Returns a format as a part of a name: <c>application/vnd.apache.parquet</c> as Parquet.</summary>
    private static string SuffixOf(string mediaType)
    {
        var format = mediaType.Split('/', '.')[^1];
        return Text.Pascal(format.StartsWith("x-", StringComparison.Ordinal) ? format[2..] : format);
    }

    private string TypeOf(JsonElement content) => types.Of(content.GetProperty("schema"), "Object");

    private static void Signature(StringBuilder code, string start, IReadOnlyList<Parameter> parameters)
    {
        var list = parameters.Select(static p => p.Declaration).Append("CancellationToken ct = default").ToList();
        var single = $"{Indent}{start}({string.Join(", ", list)}) =>";
        if (single.Length <= LineMax)
        {
            code.Append(single).Append('\n');
            return;
        }

        code.Append($"{Indent}{start}(\n");
        code.AppendJoin(",\n", list.Select(static declaration => $"{Indent}{Indent}{declaration}")).Append(") =>\n");
    }

    private IEnumerable<Parameter> Parameters(Operation operation)
    {
        var all = operation.Value.TryGetProperty("parameters", out var given) ? given.EnumerateArray().ToList() : [];
        foreach (var name in PathNames(operation.Path))
        {
            var described = all.FirstOrDefault(p => In(p, "path") && p.GetProperty("name").GetString() == name.Short);
            yield return new Parameter(name.Long, $"string {name.Long}", Describe(described), null);
        }

        if (operation.Value.TryGetProperty("requestBody", out var body))
        {
            var (content, schema) = body.GetProperty("content").EnumerateObject()
                .Select(static c => (c.Name, c.Value.GetProperty("schema"))).First();
            var of = content == "application/json" ? "" : $", \"{content}\"";
            yield return new Parameter(
                "body", $"{types.Of(schema, "Object")} body", "What is sent.", $".Sends(body{of})");
        }

        foreach (var query in all.Where(static p => In(p, "query")))
        {
            var name = query.GetProperty("name").GetString()!;
            yield return new Parameter(
                name, $"{types.Of(query.GetProperty("schema"), "Object")}? {name} = null", Describe(query),
                $".With(\"{name}\", {name})");
        }

        if (all.Exists(static p => In(p, "header") && p.GetProperty("name").GetString() == "Idempotency-Key"))
        {
            yield return new Parameter(
                "idempotencyKey", "string? idempotencyKey = null",
                "Repeats with the same key are done once; one of its own if omitted.", ".Once(idempotencyKey)");
        }

        if (all.Exists(static p => In(p, "header") && p.GetProperty("name").GetString() == "If-Match"))
        {
            yield return new Parameter(
                "ifMatch", "string? ifMatch = null",
                "The version that is changed, from the result that was read; whatever is there if omitted.",
                ".OnlyIf(ifMatch)");
        }
    }

    private static string To(Operation operation)
    {
        const string indent = Indent + Indent + Indent;
        var start = $"SluiceRequest.To(\"{operation.Method}\", \"{operation.Path}\"";
        var names = string.Concat(PathNames(operation.Path).Select(static name => $", {name.Long}")) + ")";
        return indent.Length + start.Length + names.Length + 1 <= LineMax
            ? start + names
            : $"{start},\n{indent}{Indent}{names[2..]}";
    }

    /// <summary>Returns the parameters of a path and names that say what they are.</summary>
    private static IEnumerable<(string Short, string Long)> PathNames(string path)
    {
        var before = "";
        foreach (var segment in path.Split('/'))
        {
            if (segment.StartsWith('{'))
            {
                var name = segment[1..^1];
                yield return (name, name is "metric" or "period"
                    ? name
                    : Singular.GetValueOrDefault(before, before.TrimEnd('s') + "Id"));
            }

            before = segment;
        }
    }

    private static string Sentence(Operation operation)
    {
        var summary = operation.Value.GetProperty("summary").GetString()!;
        return summary.EndsWith('.') ? summary : summary + ".";
    }

    private static string? Describe(JsonElement parameter) =>
        parameter.ValueKind == JsonValueKind.Object && parameter.TryGetProperty("description", out var text)
            ? text.GetString()
            : null;

    private static bool In(JsonElement parameter, string place) => parameter.GetProperty("in").GetString() == place;

    /// <param name="Name">Its name.</param>
    /// <param name="Declaration">How it is declared.</param>
    /// <param name="Description">What it is.</param>
    /// <param name="Call">How the request takes it; null if it is part of the path.</param>
    private sealed record Parameter(string Name, string Declaration, string? Description, string? Call);
}
