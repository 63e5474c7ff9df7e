using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using UAmtfl.Experiments.Mnist;
using UAmtfl.Models;
using Digits = UAmtfl.Models.TrainedModel<UAmtfl.Experiments.Mnist.MnistImbalanced.Prediction>;

// Serves a trained model of mnist-imbalanced over HTTP: POST /digits takes images as rows of 784 numbers from 0 to 1.
var builder = WebApplication.CreateSlimBuilder(args);
var path = builder.Configuration["model"];
if (path is null)
{
    Console.Error.WriteLine("error: name the folder of a trained cell: --model runs/20260102-030405-mnist-imbalanced/cells/UAmtfl-1");
    return 2;
}

builder.Services.AddTrainedModel<MnistImbalanced.UAmtfl>(path);
var app = builder.Build();
try
{
    // A model that does not fit is refused before the first request.
    foreach (var note in ((Digits)app.Services.GetService(typeof(Digits))!).Notes)
    {
        Console.WriteLine($"note: {note}");
    }
}
catch (UAmtflException mistake)
{
    Console.Error.WriteLine($"error: {mistake.Message}");
    return 2;
}

app.MapPost("/digits", (float[][] images, Digits model) =>
{
    try
    {
        var p = model.Predict(images);
        return Results.Ok(images.Select((_, i) => new Answer(p.Eight.Probability[i], p.Nine.Probability[i], p.Nine.Label[i] == 1)));
    }
    catch (UAmtflException mistake)
    {
        return Results.BadRequest(new { error = mistake.Message });
    }
});
await app.RunAsync();
return 0;

/// <summary>What is answered for one image.</summary>
/// <param name="Eight">The probability that it is an eight.</param>
/// <param name="Nine">The probability that it is a nine.</param>
/// <param name="IsNine">True if the model takes it for a nine.</param>
internal sealed record Answer(double Eight, double Nine, bool IsNine);
