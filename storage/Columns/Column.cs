using Npgsql;
using NpgsqlTypes;

namespace Sluice.Storage.Columns;

/// <summary>One column of many rows, for statements that pass all rows at once through <c>unnest</c>.</summary>
internal static class Column
{
    public static NpgsqlParameter Of<TRow, TValue>(
        NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, TValue> value)
    {
        var array = new TValue[rows.Count];
        for (var i = 0; i < array.Length; i++)
            array[i] = value(rows[i]);
        return new NpgsqlParameter { Value = array, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
