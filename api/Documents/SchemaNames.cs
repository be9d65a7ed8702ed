using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Sluice.Api.DataPlane;

namespace Sluice.Api.Documents;

/// <summary>
/// Names types in the document: <c>CreateTenantRequest</c>, and lists after what they list: <c>KeyListResponse</c>. A
/// type inside another has both names, because a second type of the same name would be documented as the first.
/// </summary>
internal static class SchemaNames
{
    private const string Suffix = "Response";

    /// <summary>Returns a type's name; null if it is a plain value in JSON or is described where it is used.</summary>
    public static string? Of(JsonTypeInfo json)
    {
        var type = Nullable.GetUnderlyingType(json.Type) ?? json.Type;
        if (type == typeof(JsonDecimal) || type == typeof(NumberList) || type == typeof(JsonElement)
            || FieldShapes.IsOptional(type))
        {
            return null;
        }

        var name = OpenApiOptions.CreateDefaultSchemaReferenceId(json);
        return name is null ? null : type.IsGenericType ? NameOf(type) : PlaceOf(type) + name;
    }

    private static string NameOf(Type type)
    {
        if (!type.IsGenericType)
            return PlaceOf(type) + type.Name;
        var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        var arguments = string.Join("And", type.GetGenericArguments().Select(NameOf));
        return type.GetGenericTypeDefinition() == typeof(ListResponse<>)
            ? $"{WithoutSuffix(arguments)}ListResponse"
            : $"{name}Of{arguments}";
    }

    private static string WithoutSuffix(string name) =>
        name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name;

    private static string? PlaceOf(Type type) =>
        type.DeclaringType is { } place && place != typeof(Schemas) ? PlaceOf(place) + place.Name : null;
}
