// The door between Node and the native machine: open a program, copy numbers into its memory and out
// of it, run a section off Node's thread. Beside it, the door to what reads data fast.
#include <napi.h>

#include <cstring>
#include <memory>
#include <stdexcept>

#include "../data/interpolate.h"
#include "../data/shrink.h"
#include "interpreter.h"

namespace {

using shakelab::Interpreter;

std::vector<shakelab::Section> sectionsOf(const Napi::Array& arrays) {
  std::vector<shakelab::Section> sections;
  for (uint32_t i = 0; i < arrays.Length(); ++i) {
    const auto words = arrays.Get(i).As<Napi::Int32Array>();
    sections.emplace_back(words.Data(), words.Data() + words.ElementLength());
  }
  return sections;
}

// Runs one section on a thread of libuv's and settles a promise with each instruction's time.
class Run : public Napi::AsyncWorker {
 public:
  Run(Napi::Env env, std::shared_ptr<Interpreter> interpreter, int section, int samples,
      int64_t ownFloats)
      : AsyncWorker(env),
        deferred_(Napi::Promise::Deferred::New(env)),
        interpreter_(std::move(interpreter)),
        section_(section),
        samples_(samples),
        ownFloats_(ownFloats) {}

  Napi::Promise promise() const { return deferred_.Promise(); }
  void Execute() override {
    times_ = ownFloats_ > 0 ? interpreter_->runApart(section_, samples_, ownFloats_)
                            : interpreter_->run(section_, samples_);
  }
  void OnOK() override {
    auto times = Napi::Float64Array::New(Env(), times_.size());
    std::copy(times_.begin(), times_.end(), times.Data());
    deferred_.Resolve(times);
  }
  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  Napi::Promise::Deferred deferred_;
  std::shared_ptr<Interpreter> interpreter_;
  int section_, samples_;
  int64_t ownFloats_;
  std::vector<double> times_;
};

// open(sections: Int32Array[], precision, arenaFloats, batch, threads, isa): Execution
class Execution : public Napi::ObjectWrap<Execution> {
 public:
  static Napi::Function define(Napi::Env env) {
    return DefineClass(env, "Execution",
                       {InstanceMethod("write", &Execution::write),
                        InstanceMethod("read", &Execution::read),
                        InstanceMethod("setImages", &Execution::setImages),
                        InstanceMethod("choose", &Execution::choose),
                        InstanceMethod("setHyper", &Execution::setHyper),
                        InstanceMethod("run", &Execution::run),
                        InstanceMethod("close", &Execution::close),
                        InstanceAccessor("isa", &Execution::isa, nullptr)});
  }

  explicit Execution(const Napi::CallbackInfo& info) : ObjectWrap(info) {
    try {
      const auto isa = shakelab::chooseIsa(info[5].As<Napi::String>());
      interpreter_ = std::make_shared<Interpreter>(
          isa, sectionsOf(info[0].As<Napi::Array>()),
          static_cast<shakelab::Precision>(info[1].As<Napi::Number>().Int32Value()),
          static_cast<size_t>(info[2].As<Napi::Number>().Int64Value()),
          info[3].As<Napi::Number>().Int32Value(), info[4].As<Napi::Number>().Int32Value());
    } catch (const std::exception& error) {
      throw Napi::Error::New(info.Env(), error.what());
    }
  }

 private:
  Interpreter& open(const Napi::CallbackInfo& info) {
    if (!interpreter_) throw Napi::Error::New(info.Env(), "the execution is closed");
    return *interpreter_;
  }
  // A typed array's bytes, `size` of them at most.
  struct Bytes { void* data; size_t size; };
  static Bytes bytesOf(const Napi::CallbackInfo& info, int argument, size_t size) {
    auto array = info[argument].As<Napi::TypedArray>();
    auto buffer = static_cast<uint8_t*>(array.ArrayBuffer().Data());
    if (array.ByteLength() > size)
      throw Napi::RangeError::New(info.Env(), "more values than there is room for");
    return {buffer + array.ByteOffset(), array.ByteLength()};
  }
  // Where write and read begin, and how many bytes lie from there to the arena's end.
  Bytes stretch(const Napi::CallbackInfo& info) {
    auto& arena = open(info).arena();
    const auto at = static_cast<size_t>(info[0].As<Napi::Number>().Int64Value());
    const size_t floats = at < arena.floats() ? arena.floats() - at : 0;
    return {arena.data() + at, floats * sizeof(float)};
  }
  template <class T>
  static void fill(const Napi::CallbackInfo& info, int argument, T* to, size_t count) {
    const auto from = bytesOf(info, argument, count * sizeof(T));
    std::memcpy(to, from.data, from.size);
  }

  void write(const Napi::CallbackInfo& info) {
    const auto to = stretch(info);
    fill(info, 1, static_cast<uint8_t*>(to.data), to.size);
  }
  void read(const Napi::CallbackInfo& info) {
    const auto from = stretch(info);
    const auto to = bytesOf(info, 1, from.size);
    std::memcpy(to.data, from.data, to.size);
  }
  void setImages(const Napi::CallbackInfo& info) {
    auto images = info[0].As<Napi::Uint8Array>();
    open(info).setImages(images.Data());
    images_ = Napi::Persistent(images);
  }
  void choose(const Napi::CallbackInfo& info) {
    auto& interpreter = open(info);
    fill(info, 0, interpreter.indices().data(), interpreter.indices().size());
    fill(info, 1, interpreter.augmentations().data(), interpreter.augmentations().size());
  }
  void setHyper(const Napi::CallbackInfo& info) {
    fill(info, 0, open(info).hyper(), shakelab::kHypers);
  }
  Napi::Value run(const Napi::CallbackInfo& info) {
    open(info);
    auto worker = new Run(info.Env(), interpreter_, info[0].As<Napi::Number>().Int32Value(),
                          info[1].As<Napi::Number>().Int32Value(),
                          info[2].As<Napi::Number>().Int64Value());
    worker->Queue();
    return worker->promise();
  }
  // A section that runs keeps the memory until it is done.
  void close(const Napi::CallbackInfo&) { interpreter_.reset(); }
  Napi::Value isa(const Napi::CallbackInfo& info) {
    return Napi::String::New(info.Env(), open(info).isa());
  }

  std::shared_ptr<Interpreter> interpreter_;
  Napi::Reference<Napi::Uint8Array> images_;
};

// measureLimits(threads, isa): {isa, flops, read, write, copy}; blocks while it measures
Napi::Value measureLimits(const Napi::CallbackInfo& info) {
  const auto env = info.Env();
  try {
    const auto isa = shakelab::chooseIsa(info[1].As<Napi::String>());
    const int threads = info[0].As<Napi::Number>().Int32Value();
    const auto limits = shakelab::measureLimits(*isa.peakLoops, threads);
    auto result = Napi::Object::New(env);
    result.Set("isa", isa.name);
    result.Set("flops", limits.flops);
    result.Set("read", limits.read);
    result.Set("write", limits.write);
    result.Set("copy", limits.copy);
    return result;
  } catch (const std::exception& error) {
    throw Napi::Error::New(env, error.what());
  }
}

// isas(): string[]
Napi::Value isas(const Napi::CallbackInfo& info) {
  const auto names = shakelab::runningIsas();
  auto array = Napi::Array::New(info.Env(), names.size());
  for (uint32_t i = 0; i < names.size(); ++i) array.Set(i, names[i]);
  return array;
}

// shrink(values, height, width, bands, bounds, shares, first, count, weights): Float64Array, as
// src/data/image/shrink.ts says
Napi::Value shrink(const Napi::CallbackInfo& info) {
  const auto number = [&](int at) { return info[at].As<Napi::Number>().Int32Value(); };
  const auto words = [&](int at) { return info[at].As<Napi::Int32Array>(); };
  const auto doubles = [&](int at) { return info[at].As<Napi::Float64Array>(); };
  const shakelab::Image image{info[0].As<Napi::Uint8Array>().Data(), number(1), number(2), number(3)};
  const int segments = static_cast<int>(words(4).ElementLength());
  const int rows = static_cast<int>(words(6).ElementLength());
  const int most = static_cast<int>(doubles(8).ElementLength()) / rows;
  const int row = (segments - 4) * image.bands;
  std::vector<double> narrow(static_cast<size_t>(image.height) * row);
  shakelab::shrinkRows(image, {words(4).Data(), segments, doubles(5).Data()}, narrow.data());
  auto out = Napi::Float64Array::New(info.Env(), static_cast<size_t>(rows) * row);
  shakelab::shrinkColumns(narrow.data(), row,
                          {words(6).Data(), words(7).Data(), doubles(8).Data(), rows, most},
                          out.Data());
  return out;
}

// interpolate(padded, table, phases, step, out), as src/data/audio/interpolate.ts says
void interpolate(const Napi::CallbackInfo& info) {
  auto padded = info[0].As<Napi::Float64Array>();
  auto table = info[1].As<Napi::Float64Array>();
  auto out = info[4].As<Napi::Float32Array>();
  const int phases = info[2].As<Napi::Number>().Int32Value();
  const int taps = static_cast<int>(table.ElementLength()) / (phases + 1);
  shakelab::interpolate(padded.Data(), {table.Data(), phases, taps},
                        info[3].As<Napi::Number>().DoubleValue(), out.Data(), out.ElementLength());
}

Napi::Object init(Napi::Env env, Napi::Object exports) {
  exports.Set("Execution", Execution::define(env));
  exports.Set("measureLimits", Napi::Function::New(env, measureLimits));
  exports.Set("isas", Napi::Function::New(env, isas));
  exports.Set("interpolate", Napi::Function::New(env, interpolate));
  exports.Set("shrink", Napi::Function::New(env, shrink));
  return exports;
}

}  // namespace

NODE_API_MODULE(shakelab, init)
