using System.Data;
using Dapper;

namespace Sluice.Storage.Control;

/// <summary>Maps <c>date</c> to a day.</summary>
internal sealed class DayHandler : SqlMapper.TypeHandler<DateOnly>
{
    public override DateOnly Parse(object value) =>
        value is DateOnly day ? day : DateOnly.FromDateTime((DateTime)value);

    public override void SetValue(IDbDataParameter parameter, DateOnly value) => parameter.Value = value;
}
