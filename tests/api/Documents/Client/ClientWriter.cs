using System.Text.Json;

namespace Sluice.Api.Tests.Documents.Client;

/// <summary>
/// Writes the operations and models of the typed client from the OpenAPI document: a file for each schema, and one for
/// each group of operations.
/// </summary>
internal sealed class ClientWriter
{
    private readonly JsonElement _document;
    private readonly TypeNames _types;

    public ClientWriter(JsonElement document)
    {
        _document = document;
        _types = new TypeNames(document);
    }

    /// <summary>Returns the text of each file by its path in the client's folder.</summary>
    public SortedDictionary<string, string> Write()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (tag, operations) in Operations())
            files.Add($"Operations/SluiceClient.{tag}.cs", new OperationWriter(_types).Write(operations));
        var models = new ModelWriter(_types, RequestSchemas());
        foreach (var schema in _document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            if (!_types.IsWord(schema.Name))
                files.Add($"Models/{schema.Name}.cs", models.Write(schema.Name, schema.Value));
        }

        return files;
    }

    private IEnumerable<(string Tag, IReadOnlyList<Operation> Operations)> Operations() =>
        _document.GetProperty("paths").EnumerateObject()
            .SelectMany(static path => path.Value.EnumerateObject().Select(
                operation => new Operation(path.Name, operation.Name.ToUpperInvariant(), operation.Value)))
            .GroupBy(static operation => Text.Pascal(operation.Value.GetProperty("tags")[0].GetString()!))
            .Select(static group => (group.Key,
                (IReadOnlyList<Operation>)[.. group.OrderBy(static o => o.Id, StringComparer.Ordinal)]));

    /// <summary>
    /// The schemas that are part of some request: there a field may be left out, or be null on purpose.
    /// </summary>
    private HashSet<string> RequestSchemas()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, operations) in Operations())
        {
            foreach (var operation in operations)
            {
                if (operation.Value.TryGetProperty("requestBody", out var body))
                    Add(body);
            }
        }

        return found;

        void Add(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                    Add(item);
            }

            if (element.ValueKind != JsonValueKind.Object)
                return;
            foreach (var property in element.EnumerateObject())
            {
                if (property.NameEquals("$ref") && found.Add(TypeNames.OfReference(property.Value.GetString()!)))
                    Add(_types.SchemaOf(TypeNames.OfReference(property.Value.GetString()!)));
                else if (!property.NameEquals("example") && !property.NameEquals("examples"))
                    Add(property.Value);
            }
        }
    }
}

/// <summary>One operation of the document.</summary>
internal sealed record Operation(string Path, string Method, JsonElement Value)
{
    public string Id => Value.GetProperty("operationId").GetString()!;
}
